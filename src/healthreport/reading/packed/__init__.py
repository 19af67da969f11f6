"""Files that are archives of parts: ``.xlsx``, ``.ods`` and ``.docx``, and the XML in them."""
