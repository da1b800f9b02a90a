"""Attributes that CloudFormation documents and ministack's own types lack."""

from ministack.services.cloudformation import provisioners


def register():
    add("AWS::EC2::VPC", lambda props: {"CidrBlock": props["CidrBlock"]})


def add(type, attributes_of):
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
