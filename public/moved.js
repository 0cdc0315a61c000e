// Some programs write '%23' for the '#' of a link. The host is then asked for a file that it does not have.
const meant = location.href.replace(/%(?:25)*23(?=\d+(?:\.|%2E))/i, '#');
if (meant !== location.href) location.replace(meant);
