import tkinter as tk


class CounterApp(tk.Frame):
    def __init__(self, master=None):
        super().__init__(master, padx=20, pady=20)
        self.count = tk.IntVar(value=0)
        self.step = tk.IntVar(value=1)
        tk.Label(self, textvariable=self.count, font=("Helvetica", 48)).pack()
        tk.Scale(self, from_=1, to=10, orient="horizontal", variable=self.step).pack(fill="x")
        tk.Button(self, text="Up", command=self.up).pack(side="left")
        tk.Button(self, text="Down", command=lambda: self.change(-self.step.get())).pack(side="right")

    def up(self):
        self.change(self.step.get())

    def change(self, delta):
        self.count.set(self.count.get() + delta)


def centred(root, width, height):
    x = (root.winfo_screenwidth() - width) // 2
    y = (root.winfo_screenheight() - height) // 2
    return f"{width}x{height}+{x}+{y}"


if __name__ == "__main__":
    root = tk.Tk()
    root.geometry(centred(root, 320, 240))
    CounterApp(root).pack(expand=True)
    root.mainloop()
