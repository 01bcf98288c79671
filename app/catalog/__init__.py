"""The catalogue 事项目录: items, situations and bundles, read from files that people can review."""
