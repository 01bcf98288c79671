"""Where a setting's value comes from: the table of all settings, the layers over each other, and changing one line."""
