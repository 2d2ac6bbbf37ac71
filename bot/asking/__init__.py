"""What members ask: kept without who asked, clustered where no good answer came, told once there is one."""
