from sqlalchemy import Column, ForeignKey, Integer, Numeric, String, func
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Author(Base):
    __tablename__ = "authors"
    id = Column(Integer, primary_key=True)
    name = Column(String(120), nullable=False)
    books = relationship("Book", back_populates="author")

    def royalties(self, percent):
        return sum(book.price * book.sold for book in self.books) * percent / 100


class Book(Base):
    __tablename__ = "books"
    id = Column(Integer, primary_key=True)
    title = Column(String(200))
    price = Column(Numeric(8, 2))
    sold = Column(Integer, default=0)
    author_id = Column(ForeignKey("authors.id"))
    author = relationship("Author", back_populates="books")


def best_sellers(session, limit=10):
    return session.query(Book).join(Author).order_by(Book.sold.desc()).limit(limit).all()


def average_price(session):
    return session.query(func.avg(Book.price)).scalar()
