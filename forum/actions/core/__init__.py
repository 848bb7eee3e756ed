"""What every act goes through: the runner, the decision whether it is allowed, and what a command is made of."""
