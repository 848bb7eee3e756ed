"""The service that runs multi-stakeholder reviews of migration; `forum.app` builds it."""
