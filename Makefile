# 一窗 Yichuang. `make` lists what can be asked for. A bare Debian 12 with python3.11, git and make is enough.
PYTHON ?= python3.11
BIN := .venv/bin
# A bare system has no locale; Chinese file names and Qt both need UTF-8.
export LANG := $(or $(LANG),C.UTF-8)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Some containers forbid Python its compiled files; without them each of a hundred processes that the tests start compiles
# the program anew (3 CPU seconds each). Empty counts as not set.
tests-windows tests-offscreen: export PYTHONDONTWRITEBYTECODE :=
# Twice quiet: warnings about the order of a machine's own indexes are not for the person who waits; errors stay.
PIP := $(BIN)/python -m pip -qq
XVFB := xvfb-run -a -s "-screen 0 1920x1080x24"

.PHONY: help demo run setup test lint tests tests-windows tests-offscreen coverage format bench screenshots handbook rows package reproducible bare update-trial bench-start clean system-run system-test

help: ## 列出可用的命令
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

demo: .venv/.run ## 演示模式：有屏幕时打开窗口，没有时无头演完整场景并写入 out/
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then $(BIN)/yichuang demo; else $(BIN)/yichuang demo --headless --out out; fi

run: .venv/.run ## 启动工作台
	@$(BIN)/yichuang run

setup: .venv/.dev ## 安装系统软件包和 .venv（含测试工具）；再次运行只需一两秒

# The system's packages are asked for each time (a tenth of a second): a stamp would outlive the machine it was made on.
system-run:
	@.ci/apt run
system-test:
	@.ci/apt run test

.venv/.run: requirements.txt pyproject.toml | system-run
	@echo "准备 .venv（运行）…"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) install -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.run | system-test
	@echo "准备 .venv（测试工具）…"
	@$(PIP) install -r requirements-dev.txt
	@touch $@

# The windows' tests wait for the screen most of the time: the static checks fit beside them.
test: .venv/.dev ## 全部检查：ruff、mypy、导入规则、pytest
	@$(MAKE) --no-print-directory -j2 --output-sync=target lint tests-windows
	@$(MAKE) --no-print-directory tests-offscreen

lint: .venv/.dev ## 静态检查：ruff、mypy --strict、导入规则
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

tests: tests-windows tests-offscreen ## 全部测试，不做静态检查

# Tests marked x11 click in a real window, one by one, since there is one focus.
tests-windows: .venv/.dev ## 只跑要真窗口的测试（Xvfb）
	@clicking=$$(grep -rls --include='*.py' 'pytest\.mark\.x11' tests); if [ -n "$$clicking" ]; then \
	  QT_QPA_PLATFORM=xcb $(XVFB) $(BIN)/python -m pytest -q -m x11 $$clicking $(TRACE) $(if $(TRACE),--cov-report=); fi

# The others run offscreen, a file a worker, one worker more than cores: many wait for devices and threads. The longest files go
# first, so that none is left over. Tracing coverage doubles the time, so it has a target of its own.
ORDER := tests/end2end tests/faults tests/widgets tests
tests-offscreen: .venv/.dev ## 只跑不要屏幕的测试
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -m "not x11" $(ORDER) --ignore=tests/bench -n $$(($$(nproc) + 1)) \
	  --dist loadfile --no-loadscope-reorder $(TRACE) $(if $(TRACE),--cov-append --cov-report=term)

coverage: ## 同 tests，另统计覆盖率（约两倍时间）
	@rm -f .coverage .coverage.*
	@$(MAKE) tests TRACE=--cov

format: .venv/.dev ## 按规则整理代码格式
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/.dev ## 测量主要步骤的耗时
	$(BIN)/python -m pytest -q -s tests/bench

screenshots: .venv/.dev ## 把每个画面的截图写入 out/screens
	QT_QPA_PLATFORM=offscreen PYTHONPATH=tests/kits $(BIN)/python tests/widgets/gallery.py out/screens

handbook: .venv/.dev ## 演各场景、重拍手册的图，并把四本手册写成 out/handbook/*.pdf
	$(BIN)/python .ci/make_handbook.py
	@mkdir -p out/handbook
	@for book in clerk mobile trainer admin; do $(BIN)/yichuang handbook --book $$book --pdf out/handbook/$$book.pdf || exit 1; done

rows: .venv/.run ## 把各地改革的演练都演一遍，更新 docs/rows.md（ROW=名称 只演一项）
	$(BIN)/yichuang rows $(ROW) --out out/rows --table docs/rows.md

package: .venv/.dev ## 打包程序到 dist/yichuang 并试运行；在 Debian 上另做 .deb
	@.ci/apt run test package
	.ci/package/build
	.ci/smoke dist/yichuang/yichuang

reproducible: .venv/.dev ## 再打包一次，逐字节比较（先 make package）
	.ci/reproducible dist

bare: ## 在干净的 Debian 里安装、试运行、卸载 .deb（先 make package；需要 root 和 debootstrap）
	.ci/bare dist/yichuang_*.deb build/bare

update-trial: .venv/.dev ## 用打包的程序实际试一遍更新：换版、拒绝、退回（先 make package）
	$(BIN)/python .ci/package/try_updates.py dist/yichuang

bench-start: .venv/.dev ## 测量启动：打包版、源码版与最简 PyQt6 窗口（先 make package）
	$(BIN)/python -m PyInstaller --noconfirm --log-level WARN --distpath build/peer --workpath build/peer-work .ci/package/hello.spec
	$(XVFB) $(BIN)/python .ci/package/first_paint.py dist/yichuang/yichuang build/peer/hello/hello

clean: ## 删除构建产物（保留 .venv）
	rm -rf build dist out .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
