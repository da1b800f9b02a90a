"""Lets SAM CLI and ministack read YAML with libyaml, as cfn-lint does by itself: SAM CLI reads each template of an
application several times. What they read stays the same.
"""

import yaml
from yaml.constructor import SafeConstructor
from yaml.cyaml import CParser
from yaml.resolver import Resolver


class QuickerLoader(CParser, yaml.SafeLoader):
    def __init__(self, stream):
        CParser.__init__(self, stream)
        SafeConstructor.__init__(self)
        Resolver.__init__(self)


yaml.SafeLoader = QuickerLoader
