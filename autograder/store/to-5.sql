-- Problems are records; they were texts for people.

UPDATE grades SET problems = problem_records(problems);
