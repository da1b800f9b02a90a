"""The CloudFormation types that ministack lacks. Each is refused when what it refers to does not exist."""

import itertools
import json
import secrets
import threading

from ministack.services import apigateway, ec2, ecs
from ministack.services.cloudformation import provisioners

LINKS = {}
TARGETS = {}
_lock = threading.Lock()
_status = itertools.chain(["PENDING"], itertools.repeat("AVAILABLE"))


def existing(store, key, what):
    found = store.get(key)
    if found is None:
        raise ValueError(f"{what} {key!r} does not exist")
    return found


# AWS::ApiGatewayV2::VpcLink, and GetVpcLink for the function that waits for it


def create_link(logical_id, props, stack_name):
    if not props.get("SubnetIds"):
        raise ValueError("a VPC link needs subnets")
    networks = {existing(ec2._subnets, id, "subnet")["VpcId"] for id in props["SubnetIds"]}
    for id in props.get("SecurityGroupIds", []):
        networks.add(existing(ec2._security_groups, id, "security group")["VpcId"])
    if len(networks) != 1:
        raise ValueError(f"the subnets and security groups of VPC link {logical_id} are in several VPCs")
    id = secrets.token_hex(5)
    # Real links are not ready at once. Here the first one is not: it costs the waiting function its pause of 5 s.
    LINKS[id] = {"name": props["Name"], "subnets": list(props["SubnetIds"]), "status": next(_status),
                 "groups": list(props.get("SecurityGroupIds", []))}
    return id, {"VpcLinkId": id}


def update_link(physical_id, old, new, stack_name):
    if any(old.get(key) != new.get(key) for key in ("SubnetIds", "SecurityGroupIds")):
        return create_link(physical_id, new, stack_name)
    LINKS[physical_id]["name"] = new["Name"]
    return physical_id, {"VpcLinkId": physical_id}


def delete_link(physical_id, props):
    LINKS.pop(physical_id, None)


def get_link(id):
    link = LINKS.get(id)
    if link is None:
        return 404, {"Content-Type": "application/json", "x-amzn-ErrorType": "NotFoundException"}, json.dumps(
            {"message": f"VPC link {id} not found"}).encode()
    body = {"vpcLinkId": id, "name": link["name"], "subnetIds": link["subnets"], "securityGroupIds": link["groups"],
            "vpcLinkStatus": link["status"], "vpcLinkVersion": "V2"}
    link["status"] = "AVAILABLE"
    return 200, {"Content-Type": "application/json"}, json.dumps(body).encode()


# AWS::EC2::SecurityGroupIngress and Egress: the rule goes into the group, where DescribeSecurityGroups shows it


def rule_type(store_key):
    def change(id, props, add):
        group = existing(ec2._security_groups, props.get("GroupId"), "security group")
        for key in ("SourceSecurityGroupId", "DestinationSecurityGroupId"):
            if add and key in props:
                existing(ec2._security_groups, props[key], "security group")
        with _lock:
            kept = [rule for rule in group[store_key] if rule.get("SecurityGroupRuleId") != id]
            if add:
                kept.append({**provisioners._ec2_sg_permissions([props])[0], "SecurityGroupRuleId": id})
            group[store_key] = kept

    def create(logical_id, props, stack_name):
        id = f"sgr-{secrets.token_hex(8)}"
        change(id, props, add=True)
        return id, {"Id": id}

    def update(physical_id, old, new, stack_name):
        if old.get("GroupId") != new.get("GroupId"):
            delete(physical_id, old)
        change(physical_id, new, add=True)
        return physical_id, {"Id": physical_id}

    def delete(physical_id, props):
        if props.get("GroupId") in ec2._security_groups:
            change(physical_id, props, add=False)

    return {"create": create, "update": update, "delete": delete}


# AWS::ApplicationAutoScaling: the target sets the number of tasks to what it allows; the policy is only kept


def create_scalable_target(logical_id, props, stack_name):
    kind, cluster, service = props["ResourceId"].split("/")
    if kind != "service" or props["ServiceNamespace"] != "ecs":
        raise ValueError(f"only services of ECS are understood, not {props['ResourceId']}")
    least, most = int(props["MinCapacity"]), int(props["MaxCapacity"])
    if least > most:
        raise ValueError(f"MinCapacity {least} is above MaxCapacity {most}")
    described = json.loads(ecs._describe_services({"cluster": cluster, "services": [service]})[2])["services"]
    if not described or described[0]["status"] != "ACTIVE":
        raise ValueError(f"service {service!r} does not exist in cluster {cluster!r}")
    wanted = min(max(described[0]["desiredCount"], least), most)
    if wanted != described[0]["desiredCount"]:
        ecs._update_service({"cluster": cluster, "service": service, "desiredCount": wanted})
    id = f"{props['ResourceId']}|{props['ScalableDimension']}|ecs"
    TARGETS[id] = (least, most)
    return id, {"Id": id}


def create_scaling_policy(logical_id, props, stack_name):
    existing(TARGETS, props["ScalingTargetId"], "scalable target")
    return f"arn:aws:autoscaling:::scalingPolicy:{secrets.token_hex(8)}", {}


# AWS::EC2::FlowLog: only kept


def create_flow_log(logical_id, props, stack_name):
    existing(ec2._vpcs, props["ResourceId"], "VPC")
    return f"fl-{secrets.token_hex(8)}", {}


# AWS::CloudWatch::Alarm over several metrics: only kept, because the engine calculates nothing


def create_alarm(logical_id, props, stack_name):
    return f"{stack_name}-{logical_id}-{secrets.token_hex(4)}", {}


def kept(create, forget=lambda physical_id, props: None):
    return {"create": create, "delete": forget,
            "update": lambda physical_id, old, new, stack_name: (physical_id, create(physical_id, new, stack_name)[1])}


def register():
    types = provisioners._RESOURCE_HANDLERS
    types["AWS::ApiGatewayV2::VpcLink"] = {"create": create_link, "update": update_link, "delete": delete_link}
    types["AWS::EC2::SecurityGroupIngress"] = rule_type("IpPermissions")
    types["AWS::EC2::SecurityGroupEgress"] = rule_type("IpPermissionsEgress")
    types["AWS::EC2::FlowLog"] = kept(create_flow_log)
    types["AWS::ApplicationAutoScaling::ScalableTarget"] = kept(
        create_scalable_target, lambda physical_id, props: TARGETS.pop(physical_id, None))
    types["AWS::ApplicationAutoScaling::ScalingPolicy"] = kept(create_scaling_policy)

    one_metric, several = types["AWS::CloudWatch::Alarm"], kept(create_alarm)
    types["AWS::CloudWatch::Alarm"] = {
        "create": lambda id, props, *rest: (several if "Metrics" in props else one_metric)["create"](id, props, *rest),
        "update": lambda id, old, new, *rest: (several if "Metrics" in new else one_metric)["update"](id, old, new, *rest),
        "delete": lambda id, props: (several if "Metrics" in props else one_metric)["delete"](id, props)}

    control_plane = apigateway.handle_request

    async def with_links(method, path, headers, body, query_params):
        parts = path.strip("/").split("/")
        if method == "GET" and parts[:2] == ["v2", "vpclinks"] and len(parts) == 3:
            return get_link(parts[2])
        return await control_plane(method, path, headers, body, query_params)

    apigateway.handle_request = with_links

    # ministack drops TlsConfig when it makes an integration from a template.
    integration = provisioners._apigw_v2_integration_props
    provisioners._apigw_v2_integration_props = lambda props: {
        **integration(props), "tlsConfig": props.get("TlsConfig")}
