"""Which methods of aiohasupervisor are called with what, and which are not; see client_methods.py.

A call has the status of the error that it is to get; None is for an answer, or for the refusal of a route that a cluster
cannot serve, which the table of routes knows. `c` is the client, `w` the world of client_methods.py.
"""

from pathlib import PurePath
from uuid import uuid4

from aiohasupervisor import models
from aiohasupervisor.models.os import SwapOptions

WORKLOADS = "changes workloads, which tests of their own do"
ARCHIVES = "makes or takes an archive, which client_backups.py does"
LEFT_OUT = {
    "close": "no request",
    "addons.uninstall_addon": WORKLOADS,
    "addons.start_addon": WORKLOADS,
    "addons.stop_addon": WORKLOADS,
    "addons.restart_addon": WORKLOADS,
    "backups.freeze": "talks to Core",
    "backups.thaw": "talks to Core",
    "backups.full_backup": ARCHIVES,
    "backups.partial_backup": ARCHIVES,
    "backups.full_restore": ARCHIVES,
    "backups.partial_restore": ARCHIVES,
    "backups.upload_backup": ARCHIVES,
    "homeassistant.update": WORKLOADS,
    "homeassistant.restart": WORKLOADS,
    "homeassistant.stop": WORKLOADS,
    "homeassistant.start": WORKLOADS,
    "homeassistant.rebuild": WORKLOADS,
    "homeassistant.check_config": WORKLOADS,
    "store.install_addon": WORKLOADS,
    "store.update_addon": WORKLOADS,
    "store.add_repository": "fetches from the network",
    "supervisor.restart": "ends the process",
}


def good(make):
    """A call that is served, or refused where the table of routes says that a cluster cannot serve it."""
    return (None, make)


def error(status, make):
    return (status, make)


async def session(client, create):
    await client.ingress.validate_session(await client.ingress.create_session(create))


def mount():
    return models.NFSMountRequest(usage=models.MountUsage.SHARE, server="127.0.0.1", path=PurePath("/x"))


def logs(call, latest=True, status=None):
    """The whole log, its end, one boot's, as it grows, and the last run's."""
    options = [{}, {"options": models.LogsOptions(lines=2)}, {"boot": 0}, {"follow": True}]
    options += [{"latest": True}] if latest else []
    return [(status, lambda c, w, o=o: call(c, w, **o)) for o in options]


CALLS = {
    "info": [good(lambda c, w: c.info())],
    "available_updates": [good(lambda c, w: c.available_updates())],
    "reload_updates": [good(lambda c, w: c.reload_updates())],
    "refresh_updates": [good(lambda c, w: c.refresh_updates())],
    "addons.list": [good(lambda c, w: c.addons.list())],
    "addons.addon_info": [
        good(lambda c, w: c.addons.addon_info(w.started)),
        good(lambda c, w: c.addons.addon_info(w.stopped)),
        error(404, lambda c, w: c.addons.addon_info(w.refused)),
    ],
    "addons.set_addon_options": [
        good(lambda c, w: c.addons.set_addon_options(w.stopped, models.AddonsOptions(watchdog=True, auto_update=False)))
    ],
    "addons.addon_config_validate": [good(lambda c, w: c.addons.addon_config_validate(w.stopped, {"key": "x"}))],
    "addons.addon_config": [error(403, lambda c, w: c.addons.addon_config(w.started))],
    "addons.rebuild_addon": [error(400, lambda c, w: c.addons.rebuild_addon(w.started))],
    "addons.write_addon_stdin": [error(400, lambda c, w: c.addons.write_addon_stdin(w.started, b"x"))],
    "addons.set_addon_security": [
        good(lambda c, w: c.addons.set_addon_security(w.stopped, models.AddonsSecurityOptions(protected=True)))
    ],
    "addons.addon_stats": [
        good(lambda c, w: c.addons.addon_stats(w.started)),
        error(400, lambda c, w: c.addons.addon_stats(w.stopped)),
    ],
    "backups.list": [good(lambda c, w: c.backups.list())],
    "backups.info": [good(lambda c, w: c.backups.info())],
    "backups.set_options": [good(lambda c, w: c.backups.set_options(models.BackupsOptions(days_until_stale=30)))],
    "backups.reload": [good(lambda c, w: c.backups.reload())],
    "backups.backup_info": [error(404, lambda c, w: c.backups.backup_info("0123abcd"))],
    "backups.remove_backup": [error(404, lambda c, w: c.backups.remove_backup("0123abcd"))],
    "backups.download_backup": [error(404, lambda c, w: c.backups.download_backup("0123abcd"))],
    "discovery.list": [good(lambda c, w: c.discovery.list())],
    "discovery.get": [error(404, lambda c, w: c.discovery.get(uuid4()))],
    "discovery.delete": [error(404, lambda c, w: c.discovery.delete(uuid4()))],
    "discovery.set": [
        error(403, lambda c, w: c.discovery.set(models.DiscoveryConfig(service="mqtt", config={"host": "x", "port": 1})))
    ],
    "homeassistant.info": [good(lambda c, w: c.homeassistant.info())],
    "homeassistant.stats": [good(lambda c, w: c.homeassistant.stats())],
    "homeassistant.set_options": [
        good(lambda c, w: c.homeassistant.set_options(models.HomeAssistantOptions(ssl=False, port=8123, refresh_token=None))),
        good(lambda c, w: c.homeassistant.set_options(models.HomeAssistantOptions(watchdog=False, refresh_token="x"))),
    ],
    "host.info": [good(lambda c, w: c.host.info())],
    "host.services": [good(lambda c, w: c.host.services())],
    "host.get_disk_usage": [good(lambda c, w: c.host.get_disk_usage()), good(lambda c, w: c.host.get_disk_usage(2))],
    "host.log_boots": [good(lambda c, w: c.host.log_boots())],
    "host.log_identifiers": [good(lambda c, w: c.host.log_identifiers())],
    "host.reload": [good(lambda c, w: c.host.reload())],
    "host.reboot": [good(lambda c, w: c.host.reboot())],
    "host.shutdown": [good(lambda c, w: c.host.shutdown())],
    "host.set_options": [good(lambda c, w: c.host.set_options(models.HostOptions(hostname="x")))],
    "ingress.panels": [good(lambda c, w: c.ingress.panels())],
    "ingress.create_session": [good(lambda c, w: c.ingress.create_session())],
    "ingress.validate_session": [
        good(lambda c, w: session(c, None)),
        good(lambda c, w: session(c, models.CreateSessionOptions(user_id="0123456789abcdef0123456789abcdef"))),
        error(401, lambda c, w: c.ingress.validate_session("x")),
    ],
    "jobs.info": [good(lambda c, w: c.jobs.info())],
    "jobs.get_job": [
        good(lambda c, w: c.jobs.get_job(w.job)),
        error(404, lambda c, w: c.jobs.get_job(uuid4())),
    ],
    "jobs.set_options": [
        good(lambda c, w: c.jobs.set_options(models.JobsOptions(ignore_conditions=[models.JobCondition.INTERNET_SYSTEM])))
    ],
    "jobs.reset": [good(lambda c, w: c.jobs.reset())],
    "jobs.delete_job": [error(400, lambda c, w: c.jobs.delete_job(w.job)), error(404, lambda c, w: c.jobs.delete_job(uuid4()))],
    "mounts.info": [good(lambda c, w: c.mounts.info())],
    "mounts.options": [good(lambda c, w: c.mounts.options(models.MountsOptions(default_backup_mount=None)))],
    "mounts.create_mount": [good(lambda c, w: c.mounts.create_mount("x", mount()))],
    "mounts.update_mount": [good(lambda c, w: c.mounts.update_mount("x", mount()))],
    "mounts.delete_mount": [good(lambda c, w: c.mounts.delete_mount("x"))],
    "mounts.reload_mount": [good(lambda c, w: c.mounts.reload_mount("x"))],
    "network.info": [good(lambda c, w: c.network.info())],
    "network.reload": [good(lambda c, w: c.network.reload())],
    "network.interface_info": [
        good(lambda c, w: c.network.interface_info("default")),
        error(404, lambda c, w: c.network.interface_info("none")),
    ],
    "network.update_interface": [
        good(lambda c, w: c.network.update_interface("default", models.NetworkInterfaceConfig(enabled=True)))
    ],
    "network.access_points": [good(lambda c, w: c.network.access_points("default"))],
    "network.save_vlan": [
        good(lambda c, w: c.network.save_vlan("default", 3, models.VlanConfig(ipv4=models.IPv4Config(method=models.InterfaceMethod.AUTO))))
    ],
    "os.info": [good(lambda c, w: c.os.info())],
    "os.list_data_disks": [good(lambda c, w: c.os.list_data_disks())],
    "os.swap_info": [good(lambda c, w: c.os.swap_info())],
    "os.set_swap_options": [good(lambda c, w: c.os.set_swap_options(SwapOptions(swap_size="1G")))],
    "os.update": [good(lambda c, w: c.os.update())],
    "os.config_sync": [good(lambda c, w: c.os.config_sync())],
    "os.migrate_data": [good(lambda c, w: c.os.migrate_data(models.MigrateDataOptions(device="x")))],
    "os.wipe_data": [good(lambda c, w: c.os.wipe_data())],
    "os.set_boot_slot": [good(lambda c, w: c.os.set_boot_slot(models.SetBootSlotOptions(boot_slot=models.BootSlotName.A)))],
    "os.green_info": [good(lambda c, w: c.os.green_info())],
    "os.set_green_options": [good(lambda c, w: c.os.set_green_options(models.GreenOptions(power_led=True)))],
    "os.yellow_info": [good(lambda c, w: c.os.yellow_info())],
    "os.set_yellow_options": [good(lambda c, w: c.os.set_yellow_options(models.YellowOptions(power_led=True)))],
    "os.raspberry_pi_firmware_info": [good(lambda c, w: c.os.raspberry_pi_firmware_info())],
    "os.update_raspberry_pi_firmware": [good(lambda c, w: c.os.update_raspberry_pi_firmware())],
    "resolution.info": [good(lambda c, w: c.resolution.info())],
    "resolution.suggestions_for_issue": [
        good(lambda c, w: c.resolution.suggestions_for_issue(w.issue)),
        error(404, lambda c, w: c.resolution.suggestions_for_issue(uuid4())),
    ],
    "resolution.check_options": [
        good(lambda c, w: c.resolution.check_options(w.check, models.CheckOptions(enabled=False))),
        good(lambda c, w: c.resolution.check_options(w.check, models.CheckOptions(enabled=True))),
        error(404, lambda c, w: c.resolution.check_options("none", models.CheckOptions(enabled=True))),
    ],
    "resolution.run_check": [
        good(lambda c, w: c.resolution.run_check(w.check)),
        error(404, lambda c, w: c.resolution.run_check("none")),
    ],
    "resolution.healthcheck": [good(lambda c, w: c.resolution.healthcheck())],
    "resolution.apply_suggestion": [error(404, lambda c, w: c.resolution.apply_suggestion(uuid4()))],
    "resolution.dismiss_suggestion": [
        good(lambda c, w: c.resolution.dismiss_suggestion(w.suggestion)),
        error(404, lambda c, w: c.resolution.dismiss_suggestion(uuid4())),
    ],
    "resolution.dismiss_issue": [
        good(lambda c, w: c.resolution.dismiss_issue(w.issue)),
        error(404, lambda c, w: c.resolution.dismiss_issue(uuid4())),
    ],
    "store.info": [good(lambda c, w: c.store.info())],
    "store.addons_list": [good(lambda c, w: c.store.addons_list())],
    "store.addon_info": [
        *[good(lambda c, w, n=n: c.store.addon_info(getattr(w, n))) for n in ("started", "stopped", "refused")],
        error(404, lambda c, w: c.store.addon_info("local_none")),
    ],
    "store.addon_changelog": [good(lambda c, w: c.store.addon_changelog(w.started))],
    "store.addon_documentation": [good(lambda c, w: c.store.addon_documentation(w.started))],
    "store.addon_availability": [
        good(lambda c, w: c.store.addon_availability(w.started)),
        error(400, lambda c, w: c.store.addon_availability(w.refused)),
    ],
    "store.reload": [good(lambda c, w: c.store.reload())],
    "store.repositories_list": [good(lambda c, w: c.store.repositories_list())],
    "store.repository_info": [
        good(lambda c, w: c.store.repository_info("local")),
        error(404, lambda c, w: c.store.repository_info("none")),
    ],
    "store.remove_repository": [error(404, lambda c, w: c.store.remove_repository("none"))],
    "store.repair_repository": [error(400, lambda c, w: c.store.repair_repository("local"))],
    "supervisor.ping": [good(lambda c, w: c.supervisor.ping())],
    "supervisor.info": [good(lambda c, w: c.supervisor.info())],
    "supervisor.stats": [good(lambda c, w: c.supervisor.stats())],
    "supervisor.update": [good(lambda c, w: c.supervisor.update())],
    "supervisor.reload": [good(lambda c, w: c.supervisor.reload())],
    "supervisor.set_options": [
        good(lambda c, w: c.supervisor.set_options(models.SupervisorOptions(timezone="Europe/Berlin", country="DE"))),
        good(lambda c, w: c.supervisor.set_options(models.SupervisorOptions(diagnostics=False))),
        good(lambda c, w: c.supervisor.set_options(models.SupervisorOptions(detect_blocking_io=models.DetectBlockingIO.OFF))),
        error(400, lambda c, w: c.supervisor.set_options(models.SupervisorOptions(timezone="Nowhere/None"))),
    ],
    "supervisor.repair": [good(lambda c, w: c.supervisor.repair())],
    "time.info": [good(lambda c, w: c.time.info())],
    "time.set_options": [good(lambda c, w: c.time.set_options(models.TimeOptions(servers=["127.0.0.1"])))],
}
# Newer than some of the versions. Simulated pods have no logs: the API server asks a kubelet that is not there.
if hasattr(models, "LogsOptions"):
    CALLS |= {
        "addons.addon_logs": logs(lambda c, w, **o: c.addons.addon_logs(w.started, **o), status=503),
        "homeassistant.logs": logs(lambda c, w, **o: c.homeassistant.logs(**o), status=503),
        "host.logs": logs(lambda c, w, **o: c.host.logs(**o), latest=False),
        "supervisor.logs": logs(lambda c, w, **o: c.supervisor.logs(**o)),
        "plugins.logs": [
            *logs(lambda c, w, **o: c.plugins.logs(models.Plugin.AUDIO, **o)),
            *logs(lambda c, w, **o: c.plugins.logs(models.Plugin.DNS, **o)),
            *logs(lambda c, w, **o: c.plugins.logs(models.Plugin.MULTICAST, **o)),
            error(404, lambda c, w: c.plugins.logs(models.Plugin.CLI)),
            error(404, lambda c, w: c.plugins.logs(models.Plugin.OBSERVER)),
        ],
    }
