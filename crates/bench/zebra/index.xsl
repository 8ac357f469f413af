<!-- UNIMARC: what is found by title, author, ISBN, year, number, and anywhere. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="http://www.loc.gov/MARC21/slim"
    xmlns:z="http://indexdata.com/zebra-2.0"
    exclude-result-prefixes="m">
  <xsl:output method="xml" encoding="utf-8"/>
  <xsl:template match="m:record">
    <z:record z:id="{normalize-space(m:controlfield[@tag='001'])}">
      <z:index name="Local-number:w">
        <xsl:value-of select="m:controlfield[@tag='001']"/>
      </z:index>
      <xsl:apply-templates select="m:datafield"/>
    </z:record>
  </xsl:template>
  <xsl:template match="m:datafield[@tag='010' or @tag='073']">
    <z:index name="ISBN:w">
      <xsl:value-of select="translate(m:subfield[@code='a'], '-', '')"/>
    </z:index>
    <xsl:call-template name="any"/>
  </xsl:template>
  <xsl:template match="m:datafield[@tag='200']">
    <xsl:for-each select="m:subfield[@code='a' or @code='e' or @code='i']">
      <z:index name="Title:w Title:p"><xsl:value-of select="."/></z:index>
    </xsl:for-each>
    <z:index name="Title:s"><xsl:value-of select="m:subfield[@code='a'][1]"/></z:index>
    <xsl:for-each select="m:subfield[@code='f' or @code='g']">
      <z:index name="Author:w"><xsl:value-of select="."/></z:index>
    </xsl:for-each>
    <xsl:call-template name="any"/>
  </xsl:template>
  <xsl:template match="m:datafield[@tag='225' or starts-with(@tag, '4') or @tag='500' or starts-with(@tag, '51')]">
    <xsl:for-each select="m:subfield[@code='a' or @code='e' or @code='t']">
      <z:index name="Title:w Title:p"><xsl:value-of select="."/></z:index>
    </xsl:for-each>
    <xsl:call-template name="any"/>
  </xsl:template>
  <xsl:template match="m:datafield[starts-with(@tag, '70') or starts-with(@tag, '71') or starts-with(@tag, '72')]">
    <z:index name="Author:w Author:p">
      <xsl:for-each select="m:subfield[@code='a' or @code='b']">
        <xsl:value-of select="."/>
        <xsl:text> </xsl:text>
      </xsl:for-each>
    </z:index>
    <xsl:call-template name="any"/>
  </xsl:template>
  <xsl:template match="m:datafield[starts-with(@tag, '60') or @tag='610']">
    <z:index name="Subject-heading:w Subject-heading:p">
      <xsl:for-each select="m:subfield[not(number(@code) = number(@code))]">
        <xsl:value-of select="."/>
        <xsl:text> </xsl:text>
      </xsl:for-each>
    </z:index>
    <xsl:call-template name="any"/>
  </xsl:template>
  <xsl:template match="m:datafield[@tag='100']">
    <z:index name="Date-of-publication:w">
      <xsl:value-of select="substring(m:subfield[@code='a'], 10, 4)"/>
    </z:index>
  </xsl:template>
  <!-- Coded fields and copies are not read by people. -->
  <xsl:template match="m:datafield[starts-with(@tag, '1') or @tag='995']" priority="-0.1"/>
  <xsl:template match="m:datafield" priority="-0.2">
    <xsl:call-template name="any"/>
  </xsl:template>
  <xsl:template name="any">
    <xsl:for-each select="m:subfield">
      <z:index name="Any:w"><xsl:value-of select="."/></z:index>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
