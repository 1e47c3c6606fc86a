/** Marks in the navigation the section that is being read. */
export function showPosition(): void {
	const links = [...document.querySelectorAll<HTMLAnchorElement>('nav a')];
	const sections = links.flatMap((link) => document.getElementById(link.hash.slice(1)) ?? []);
	let waits = false;
	const show = (): void => {
		waits = false;
		const line = innerHeight / 3;
		const atEnd = scrollY > 0 && scrollY + innerHeight >= document.body.scrollHeight - 1;
		const passed = sections.filter((section) => section.getBoundingClientRect().top < line);
		const at = atEnd ? sections.at(-1) : passed.at(-1);
		for (const link of links) {
			const isHere = at !== undefined && link.hash === `#${at.id}`;
			if (isHere === link.hasAttribute('aria-current')) continue;
			if (isHere) link.setAttribute('aria-current', 'location');
			else link.removeAttribute('aria-current');
			const list = link.closest('ol');
			// In a narrow window the list is one line, of which a part is in sight.
			if (isHere && list !== null) list.scrollLeft = link.offsetLeft - list.clientWidth / 2;
		}
	};
	const later = (): void => {
		if (!waits) requestAnimationFrame(show);
		waits = true;
	};
	addEventListener('scroll', later, { passive: true });
	addEventListener('resize', later);
	document.addEventListener('toggle', later, true);
	show();
}
