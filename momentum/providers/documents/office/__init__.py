"""Documents of office programs, in Office Open XML (ECMA-376): DOCX and PPTX."""
