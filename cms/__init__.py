"""Resources and public pages in Wagtail. It holds no case data."""
