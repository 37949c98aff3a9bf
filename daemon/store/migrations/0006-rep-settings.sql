-- What a rep set for themselves in chat: at most so many calls in a brief; 0 leaves it to the budget.
ALTER TABLE reps ADD COLUMN most_calls integer NOT NULL DEFAULT 0;
