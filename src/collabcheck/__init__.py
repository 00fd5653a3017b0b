"""A strategic self-assessment for voluntary and community organisations: are we ready to work with others?"""

__version__ = "0.1.0"
