"""An instrument: camera streams in, facts about service windows out."""
