"""The roles: groups with fixed names, made by a migration."""

from typing import Final

SURGEON: Final = "surgeon"
REGISTRY_MANAGER: Final = "registry manager"
DATA_USER: Final = "data user"
ADMINISTRATOR: Final = "administrator"

ROLES: Final = (SURGEON, REGISTRY_MANAGER, DATA_USER, ADMINISTRATOR)

# what each role lets a person do, as shown where roles are given
MEANING: Final = {
    SURGEON: "Enters, corrects and submits records, makes assets and assembles bundles.",
    REGISTRY_MANAGER: "Keeps species, strains, organizations, devices and the other vocabularies.",
    DATA_USER: "Reads submitted records and downloads bundles.",
    ADMINISTRATOR: "Everything, and people and projects too.",
}
