"""The way of a request from the gateway to the task, found from what the deployed templates refer to:
integration -> VPC link and listener -> load balancer -> (ministack's rules and target groups) -> task -> process.
A reference that leads nowhere, a security group that does not let the next hop in, and a server name that is not on
the listener's certificate end in 503, as they do on AWS; the reason is in this process' output. Every hop is plain
HTTP inside this process: no packet, no TLS.
"""

import contextvars
import json

from ministack import app
from ministack.core.responses import set_request_region
from ministack.services import acm, alb, apigateway, ec2
from ministack.services.apigateway import find_api_scope

import resource_types
import tasks

JSON = {"Content-Type": "application/json"}
_sender = contextvars.ContextVar("security groups of the load balancer that forwards")


def carries(rule, port):
    return rule["IpProtocol"] == "-1" or (
        rule["IpProtocol"] == "tcp" and rule["FromPort"] <= port <= rule["ToPort"])


def everybody(rule):
    return any(range.get("CidrIp") == "0.0.0.0/0" for range in rule.get("IpRanges", []))


def reaches(senders, receivers, port):
    """Whether some sender may open a connection to some receiver. Only rules that name a group, or everybody, are
    understood."""
    def names(group, side, peers):
        return any(
            carries(rule, port)
            and (everybody(rule) or any(pair.get("GroupId") in peers for pair in rule["UserIdGroupPairs"]))
            for rule in ec2._security_groups[group][side])
    return (any(names(group, "IpPermissionsEgress", receivers) for group in senders)
            and any(names(group, "IpPermissions", senders) for group in receivers))


def covers(certificate_arn, server_name):
    certificate = acm._certificates.get(certificate_arn)
    if certificate is None:
        raise LookupError(f"certificate {certificate_arn} does not exist")
    names = {certificate["DomainName"], *certificate["SubjectAlternativeNames"]}
    return server_name in names or f"*.{server_name.split('.', 1)[1]}" in names


def way(integration):
    link = resource_types.LINKS.get(integration.get("connectionId"))
    if link is None:
        raise LookupError(f"VPC link {integration.get('connectionId')!r} does not exist")
    if link["status"] != "AVAILABLE":
        raise LookupError(f"VPC link {integration['connectionId']} is {link['status']}")
    listener = alb._listeners.get(integration.get("integrationUri"))
    if listener is None:
        raise LookupError(f"listener {integration.get('integrationUri')!r} does not exist")
    balancer = alb._lbs.get(listener["LoadBalancerArn"])
    if balancer is None:
        raise LookupError(f"load balancer {listener['LoadBalancerArn']} does not exist")
    port = int(listener["Port"])
    if not reaches(link["groups"], balancer["SecurityGroups"], port):
        raise LookupError(f"security groups {link['groups']} do not reach {balancer['SecurityGroups']} on {port}")
    server_name = (integration.get("tlsConfig") or {}).get("ServerNameToVerify")
    if (listener["Protocol"] == "HTTPS") != bool(server_name):
        raise LookupError(f"listener speaks {listener['Protocol']}, the integration verifies {server_name!r}")
    if server_name and not covers(listener["Certificates"][0], server_name):
        raise LookupError(f"{server_name} is not on the certificate of the listener")
    return balancer, port


def from_internet(balancer, port):
    """A client of the internet comes in where the load balancer has a public address and admits everybody."""
    if balancer["Scheme"] != "internet-facing":
        raise LookupError(f"load balancer {balancer['LoadBalancerName']} has no public address")
    rules = [rule for group in balancer["SecurityGroups"] for rule in ec2._security_groups[group]["IpPermissions"]]
    if not any(carries(rule, port) and everybody(rule) for rule in rules):
        raise LookupError(f"load balancer {balancer['LoadBalancerName']} does not admit everybody on {port}")


def refused(error):
    print(f"portcullis plug-in: {error}", flush=True)
    return 503, dict(JSON), json.dumps({"message": "Service Unavailable"}).encode()


def register():
    dispatch = alb.dispatch_request
    over_internet = apigateway._invoke_http_proxy

    async def invoke(integration, path, method, headers, body, query_params):
        if integration.get("connectionType") != "VPC_LINK":
            return await over_internet(integration, path, method, headers, body, query_params)
        try:
            balancer, port = way(integration)
        except LookupError as error:
            return refused(error)
        _sender.set(balancer["SecurityGroups"])
        return await dispatch(balancer, method, path, headers, body, query_params, port=port)

    apigateway._invoke_http_proxy = invoke

    # What does not come through the gateway comes from a client that knows the load balancer's name.
    async def directly(balancer, method, path, headers, body, query_params, port=80, **options):
        try:
            from_internet(balancer, port)
        except LookupError as error:
            return refused(error)
        _sender.set(balancer["SecurityGroups"])
        return await dispatch(balancer, method, path, headers, body, query_params, port, **options)

    alb.dispatch_request = directly

    # Such a client signs nothing, so the region is that of the load balancer.
    def by_name(host):
        name = host.split(":")[0].lower()
        for (_, region, _), balancer in alb._lbs.all_items():
            if balancer["DNSName"].lower() == name:
                set_request_region(region)
                return balancer
        return None

    alb.find_lb_for_host = by_name

    to_target = alb._proxy_http_target

    async def forward(target, group, *rest):
        address, port = target["Id"], int(target.get("Port") or group["Port"])
        try:
            task, process = tasks.behind(address, port)
            if not reaches(_sender.get([]), tasks.groups_of(task), port):
                raise LookupError(f"security groups {_sender.get([])} do not reach {tasks.groups_of(task)} on {port}")
        except LookupError as error:
            return refused(error)
        return await to_target({"Id": "127.0.0.1", "Port": process}, group, *rest)

    alb._proxy_http_target = forward

    # ministack keeps DisableExecuteApiEndpoint and answers all the same.
    address = app._parse_execute_api_url

    def unless_disabled(host, path):
        parsed = address(host, path)
        scope = parsed and find_api_scope(parsed[0])
        if scope and apigateway._apis.get_scoped(*scope, parsed[0], {}).get("disableExecuteApiEndpoint"):
            return "disabled", parsed[1], parsed[2]
        return parsed

    app._parse_execute_api_url = unless_disabled
