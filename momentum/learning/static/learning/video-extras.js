// What <lesson-video> can once somebody turns to it: chapters and lines of the transcript (data-seek) lead to their
// moment, the line being spoken is marked (data-from, data-until), and this browser remembers how fast videos play and
// whether captions show.

const SPEED = "momentum.video-speed";
const CAPTIONS = "momentum.video-captions";
const extended = new WeakSet();

// Where a browser keeps nothing for us, each video begins as all do.
const remembered = (key) => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};
const remember = (key, value) => {
  try {
    localStorage.setItem(key, value);
  } catch {
    // It holds for this page, which is what was asked for now.
  }
};

const prefer = (video) => {
  const speed = Number(remembered(SPEED));
  if (speed >= 0.25 && speed <= 4) video.playbackRate = video.defaultPlaybackRate = speed;
  video.addEventListener("ratechange", () => remember(SPEED, video.playbackRate));
  const tracks = [...video.textTracks];
  if (remembered(CAPTIONS) === "off") for (const track of tracks) track.mode = "hidden";
  video.textTracks.addEventListener("change", () => {
    remember(CAPTIONS, tracks.some((track) => track.mode === "showing") ? "on" : "off");
  });
};

const seek = (video) => (event) => {
  const link = event.target.closest("[data-seek]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  video.currentTime = Number(link.dataset.seek);
  video.play().catch(() => {}); // a browser may want a press on the video itself
};

const follow = (video, lines) => {
  let spoken = null;
  return () => {
    const now = video.currentTime;
    const line = lines.find((one) => Number(one.dataset.from) <= now && now < Number(one.dataset.until));
    if (!line || line === spoken) return;
    spoken?.removeAttribute("aria-current");
    spoken = line;
    line.setAttribute("aria-current", "true");
    const box = line.closest(".transcript__text");
    // Only its own box moves, never the page; and not while somebody reads elsewhere in it.
    if (box.checkVisibility() && !box.matches(":focus-within, :hover")) {
      box.scrollTop += line.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
    }
  };
};

// Again does nothing.
export const extend = (player) => {
  if (extended.has(player)) return;
  extended.add(player);
  const video = player.querySelector("video");
  prefer(video);
  player.addEventListener("click", seek(video));
  const lines = [...player.querySelectorAll("[data-from]")];
  if (lines.length) video.addEventListener("timeupdate", follow(video, lines));
};
