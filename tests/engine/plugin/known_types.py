"""Where ministack's own types fall short of the template: attributes that CloudFormation documents, and the CORS
settings of an API, which it keeps under names that its gateway does not read. And the digits in the ARN of a load
balancer, which are hexadecimal.
"""

import secrets

from ministack.services import alb
from ministack.services.cloudformation import provisioners


def register():
    alb._short_id = lambda: secrets.token_hex(8)
    add_attributes("AWS::EC2::VPC", lambda props: {"CidrBlock": props["CidrBlock"]})
    give("AWS::ApiGatewayV2::Api", lambda props: {
        **props, "CorsConfiguration": {
            key[0].lower() + key[1:]: value for key, value in (props.get("CorsConfiguration") or {}).items()}})


def add_attributes(type, attributes_of):
    handlers = provisioners._RESOURCE_HANDLERS[type]
    create, update = handlers["create"], handlers["update"]

    def create_with(logical_id, props, stack_name):
        id, attributes = create(logical_id, props, stack_name)
        return id, {**attributes, **attributes_of(props)}

    def update_with(physical_id, old, new, stack_name, logical_id=None):
        named = [logical_id] if handlers.get("update_with_logical_id") else []
        id, attributes = update(physical_id, old, new, stack_name, *named)
        return id, {**attributes, **attributes_of(new)}

    handlers.update(create=create_with, update=update_with)


def give(type, changed):
    """Hands the type's handlers changed properties."""
    handlers = provisioners._RESOURCE_HANDLERS[type]
    create, update = handlers["create"], handlers["update"]
    handlers.update(
        create=lambda logical_id, props, stack_name: create(logical_id, changed(props), stack_name),
        update=lambda physical_id, old, new, *rest: update(physical_id, changed(old), changed(new), *rest))
