"""One camera's line: what comes from a source goes in, reports come out.

Without a process and without evidence: `watched(recorded(source_of(...)), CameraLine(...))`.
"""
