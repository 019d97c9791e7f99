cat "/proc/$$/environ"
