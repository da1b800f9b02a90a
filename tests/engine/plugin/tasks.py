"""Tasks without a container engine: each task that ministack's ECS records gets an address in its subnet, and what is
sent to that address goes to the process on loopback that stands for the task's image (PORTCULLIS_IMAGES, a JSON file:
image -> port). ministack itself registers the addresses in the target groups.
"""

import ipaddress
import json
import os
import threading

from ministack.services import ec2, ecs

_addresses = {}  # address -> task ARN
_lock = threading.Lock()


def address_of(task):
    for attachment in task.get("attachments") or []:
        for detail in attachment["details"]:
            if detail["name"] == "privateIPv4Address":
                return detail["value"]
    subnet = ec2._subnets.get(task.get("_subnet"))
    if subnet is None:
        return None
    with _lock:
        # AWS keeps the first four addresses of a subnet and the last one.
        free = next(str(address) for address in list(ipaddress.ip_network(subnet["CidrBlock"]).hosts())[3:]
                    if str(address) not in _addresses)
        _addresses[free] = task["taskArn"]
    task["attachments"] = [{
        "id": free, "type": "ElasticNetworkInterface", "status": "ATTACHED",
        "details": [{"name": "subnetId", "value": task["_subnet"]}, {"name": "privateIPv4Address", "value": free}]}]
    return free


def groups_of(task):
    """The security groups in the service's network configuration."""
    for service in ecs._services.values():
        if f"service:{service['serviceName']}" == task.get("group") and service["clusterArn"] == task["clusterArn"]:
            return service["networkConfiguration"]["awsvpcConfiguration"].get("securityGroups", [])
    return []


def behind(address, port):
    """The task at an address of the VPC, and the port of the process that stands for its image."""
    task = ecs._tasks.get(_addresses.get(address))
    if task is None or task.get("lastStatus") != "RUNNING":
        raise LookupError(f"no task runs at {address}")
    definition = ecs._task_defs[task["taskDefinitionArn"].rsplit("/", 1)[1]]
    for container in definition["containerDefinitions"]:
        if any(mapping["containerPort"] == port for mapping in container.get("portMappings", [])):
            with open(os.environ["PORTCULLIS_IMAGES"], encoding="utf8") as file:
                images = json.load(file)
            if container["image"] not in images:
                raise LookupError(f"no process stands for image {container['image']}")
            return task, images[container["image"]]
    raise LookupError(f"no container of the task at {address} listens on {port}")


def register():
    ecs._task_ip = address_of
    # A container engine on this machine stays out of it: it would fetch the images.
    ecs._get_docker = lambda: None
