"""Note Modeler: floating-price convertible notes, computed to the cent and explained."""

__version__ = "0.1.0"
