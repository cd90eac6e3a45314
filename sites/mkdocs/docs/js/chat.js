// The site's own settings: what no configuration file can hold, such as a function. The loader
// merges the page's record under whatever stands in window.chaportConfig when the page is parsed.
window.chaportConfig ||= {};
window.chaportConfig.assignments = {
  resolve: (chaport) => {
    const page = chaport.getParameterValue('page_url');
    return chaport.compare(page, 'contains', '/reference/') ? 'developers-team-id' : undefined;
  },
};
