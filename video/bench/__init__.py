"""How many cameras a machine watches, against the least and the usual that it could do instead.

Every camera is a real RTSP stream from a server of our own on loopback, whose work is counted
apart; every way of watching runs in a process of its own, so that its work and memory are its own.
"""
