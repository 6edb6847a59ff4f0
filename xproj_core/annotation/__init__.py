"""What a person corrects, without a store or a screen: documents, commands, history, filters."""
