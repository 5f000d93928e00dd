"""What somebody asks for: a text, a message or a form, and the reply to it. Pure."""
