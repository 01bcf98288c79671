"""The encrypted local store: profile, keys, engine, tables, migrations, outbox, file vault.

The face: `profile.Profile`, `keylock.KeyLock`, `keys.DemoKeys`, `store.Store`, `vault.Vault` (by `vault.open_vault`).
"""
