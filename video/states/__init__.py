"""Pure functions from observations to states and events: a day replays in milliseconds."""
