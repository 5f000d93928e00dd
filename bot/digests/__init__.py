"""The digest on its way between Slack and `jobs`: what people may do with it, how it is rendered, previewed and sent."""
