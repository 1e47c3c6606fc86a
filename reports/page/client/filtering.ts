/** Shows of rows and stories only those that have the wanted verdict. */
export function filterByVerdict(tools: HTMLElement): void {
	const rows = [...document.querySelectorAll<HTMLElement>('[data-verdicts]')];
	tools.addEventListener('change', ({ target }) => {
		if (!(target instanceof HTMLInputElement) || target.name !== 'verdict') return;
		const wanted = target.value;
		for (const row of rows)
			row.hidden =
				wanted !== 'all' && row.dataset['verdicts']?.split(' ').includes(wanted) === false;
	});
}
