"""What supervision is: plain values and rules, without input, output, clock or screen."""
