from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from .models import Post, db

bp = Blueprint("blog", __name__)
PER_PAGE = 12


@bp.route("/")
def index():
    page = request.args.get("page", 1, type=int)
    posts = Post.query.order_by(Post.created.desc()).offset((page - 1) * PER_PAGE).limit(PER_PAGE)
    return render_template("index.html", posts=posts, page=page)


@bp.route("/post/<int:post_id>")
def show(post_id):
    post = Post.query.get(post_id)
    if post is None:
        abort(404)
    post.views += 1
    db.session.commit()
    return render_template("show.html", post=post, minutes=max(1, len(post.body.split()) // 220))


@bp.route("/post/<int:post_id>/delete", methods=["POST"])
def delete(post_id):
    db.session.delete(Post.query.get_or_404(post_id))
    db.session.commit()
    flash("The post is gone.")
    return redirect(url_for("blog.index"))
