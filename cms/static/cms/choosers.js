// Starts Wagtail's date and time choosers from data, so that its pages need no script in their text.
const START = {
  date: window.initDateChooser,
  datetime: window.initDateTimeChooser,
  time: window.initTimeChooser,
};

const start = () => document.querySelectorAll("template[data-chooser]").forEach((mark) => {
  const { chooser, for: id, options } = mark.dataset;
  mark.remove();
  START[chooser](id, JSON.parse(options));
});

start();
new MutationObserver(start).observe(document.body, { childList: true, subtree: true });
