"""Starts ministack with what it lacks for the emitted templates. docs/local-deployment.md says what is whose.

Nothing here knows Portcullis' names: everything is found from what the deployed templates refer to.
"""

import quicker_yaml  # before ministack makes its loader from that of PyYAML  # noqa: F401, I001

import data_plane
import known_types
import nested_stacks
import programs
import resource_types
import tasks
from ministack import app

resource_types.register()
known_types.register()
nested_stacks.register()
tasks.register()
programs.register()
data_plane.register()
app.main()
