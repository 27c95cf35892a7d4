"""Into and out of Canvas, Moodle and Gradescope: names, rosters, their files."""
