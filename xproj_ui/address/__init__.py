"""All that stands in the addresses of the pages: one file per page, and what they share.

A page's file declares its parameters (`PARAMETERS`), reads an address into the page's view
(`decode`) and writes a view down (`encode`): only what differs from its defaults. Whatever else
an address holds never breaks a page. A view of more than a few words is a file of its own,
`project_view` and `robustness_view`. `links` has the ways from page to page, and `query` alone
touches the address in the browser.
"""
