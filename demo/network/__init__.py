"""The demo network: every House, partner, offer and family of the embedded set-up.

The places and the 24 projects are real; all else is an example and says so. The same day gives the same network.
"""
