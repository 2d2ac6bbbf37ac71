"""What members ask: logged without who asked, clustered if there was no good answer, and answered later."""
