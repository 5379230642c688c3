/* An old address leads on with what the reader's address held behind ? and #. */
"use strict";
location.replace(document.currentScript.dataset.to + location.search + location.hash);
