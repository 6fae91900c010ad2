"""Files in and out: CVs, job pages, exports."""
