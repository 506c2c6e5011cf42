"""What every room uses: the audit trail, the data's stamp, page parts, languages; no domain words."""
