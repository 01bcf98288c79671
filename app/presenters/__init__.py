"""One presenter per part of the screen: ties the views' signals to the services and shows what comes back."""
