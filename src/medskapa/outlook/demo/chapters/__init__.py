"""The history of the demo lab, one file for each chapter. Each says what happens when; the replay does it in order."""
