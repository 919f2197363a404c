"""The store as a Django application."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Register the tables of the record under the label `store`."""

    name = "zhengben.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
